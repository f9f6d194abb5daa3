//! The exercises of lecture 02, one a file: the truth, the cases, and the mistakes that people make.

super::cases::lecture! {}
