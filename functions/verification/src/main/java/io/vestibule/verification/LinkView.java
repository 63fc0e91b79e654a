package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Destination;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Optional;

/** What the page of a link shows: submissions and requests have the same links, and other pages. */
sealed interface LinkView permits SubmissionView, RequestView {

  /** Which of the two. */
  Destination destination();

  /**
   * What the press of its button says.
   *
   * @param page the language that the page was in; empty if the press does not say
   * @param answer in which the press is answered
   */
  Decision decide(Submissions.Link of, ObjectNode values, Optional<Wording> page, Wording answer);

  /** The page of a link that is worth this. */
  Reply page(Request request, Wording wording, LinkWorth worth, String token);
}
