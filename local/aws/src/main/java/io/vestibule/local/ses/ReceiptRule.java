package io.vestibule.local.ses;

/**
 * What SES does with mail that it receives for somebody: it puts it into a bucket.
 *
 * @param recipient an address
 * @param prefix of the keys of mails
 */
public record ReceiptRule(String recipient, String bucket, String prefix) {}
