package io.vestibule.store.mail;

import java.util.Optional;

/**
 * What mails to an address are counted by, besides its form.
 *
 * @param mailbox the keyed hash of the mailbox that it reaches, however it is spelled
 * @param domain the keyed hash of its domain, if all addresses there may be one mailbox
 */
public record Counted(String mailbox, Optional<String> domain) {}
