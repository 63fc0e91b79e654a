package io.vestibule.local.ses;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A mail that was sent.
 *
 * @param to every recipient, also of copies
 * @param text the plain part; empty if there is none or an outside emulator does not tell
 * @param html the HTML part, likewise
 * @param at when it was sent; where an outside emulator does not tell, when it was first seen
 * @param headers From, Reply-To, the custom ones, and those in which SES carries configuration set
 *     and tags; of an outside emulator From at most
 */
public record Mail(
    List<String> to,
    String subject,
    String text,
    String html,
    Instant at,
    Map<String, String> headers) {}
