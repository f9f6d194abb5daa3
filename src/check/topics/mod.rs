//! The exercises of lecture 04, one a file: the truth, the cases, and the mistakes that people make.

super::cases::lecture! {}
