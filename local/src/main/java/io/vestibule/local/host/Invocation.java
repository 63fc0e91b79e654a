package io.vestibule.local.host;

import java.time.Duration;
import java.time.Instant;

/**
 * One run of a function, once it is over.
 *
 * @param cause what called it, in a few words for people
 */
public record Invocation(
    Instant at, String function, String requestId, String cause, Duration took, Outcome outcome) {}
