package io.vestibule.verification;

import io.vestibule.core.Destination;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;

/** What the page of a link shows: submissions and requests have the same links, and other pages. */
sealed interface LinkView permits SubmissionView, RequestView {

  /** Which of the two. */
  Destination destination();

  /** The page of a link that is worth this. */
  Reply page(Request request, Wording wording, LinkWorth worth, String token);
}
