package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What Mailchimp refuses, as its errors have it (RFC 9457). */
final class MailchimpRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private static final String TYPE = "https://mailchimp.com/developer/marketing/docs/errors/";

  private final int status;

  MailchimpRefusal(int status, String title) {
    super(title);
    this.status = status;
  }

  PartnerAnswer answer() {
    return PartnerAnswer.of(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("type", TYPE)
            .put("title", getMessage())
            .put("status", status)
            .put("detail", "refused")
            .put("instance", "00000000-0000-0000-0000-000000000000"));
  }
}
