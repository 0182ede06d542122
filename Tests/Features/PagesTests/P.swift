import HummingbirdTesting
import Testing

enum P {}
