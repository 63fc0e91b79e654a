package io.vestibule.verification;

import io.vestibule.core.Destination;
import io.vestibule.core.wording.Wording;
import io.vestibule.verification.ConfirmAddress.Link;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;

/** What is said about a link: submissions and requests have the same links, and other words. */
sealed interface LinkWording permits SubmissionWording, RequestWording {

  /** Which of the two. */
  Destination destination();

  /** The page of a link that is worth this. */
  Reply page(Request request, Wording wording, Link link, String token);
}
