package io.vestibule.local.doctor;

import java.time.Instant;

/** A person's key was unwrapped for the pages of staff. */
record Unwrapping(Instant at, String customer) {}
