import Testing

enum P {}
