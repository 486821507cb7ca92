//! A Personio to try Rollcall with: same API, limits, errors and quirks, synthetic people.
