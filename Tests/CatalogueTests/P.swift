import Testing
enum P {}
