package io.vestibule.intake;

import io.vestibule.core.Counter;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.Cors;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * {@code /forms/{form}}: shows the form and takes what is posted to it, as long as it is not
 * closed. Then it says so; but who had the page open when it closed by itself may send it for an
 * hour. A program is told what the form is like all the same.
 */
final class FormResource {

  static final String METHODS = "GET, HEAD, POST, OPTIONS";

  /** To fill in what somebody has begun. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final FormPage page;
  private final FormPost post;
  private final Nonces nonces;
  private final Pages pages;
  private final ZoneId business;
  private final Clock clock;

  /**
   * The resource.
   *
   * @param business the time zone in which a day ends on which a form closes
   */
  FormResource(
      FormPage page, FormPost post, Nonces nonces, Pages pages, ZoneId business, Clock clock) {
    this.page = page;
    this.post = post;
    this.nonces = nonces;
    this.pages = pages;
    this.business = business;
    this.clock = clock;
  }

  Reply answer(Request request, Wording wording, Form form, Cors cors) {
    boolean isOpen = !form.isClosed(clock.instant(), business);
    return switch (request.method()) {
      case "GET", "HEAD" ->
          isOpen || request.wantsJson()
              ? page.blank(request, wording, form, isOpen)
              : closed(request, wording);
      case "POST" ->
          isOpen
              ? post.answer(request, wording, form, cors, _ -> true)
              : postLate(request, wording, form, cors);
      default -> pages.notAllowed(request, wording, METHODS);
    };
  }

  /** The page says when it was made, by a nonce that only we can sign. */
  private Reply postLate(Request request, Wording wording, Form form, Cors cors) {
    var closed = form.closedSince(business).filter(it -> clock.instant().isBefore(it.plus(GRACE)));
    return closed.isPresent()
        ? post.answer(
            request, wording, form, cors, entry -> nonces.isMadeBefore(form, entry, closed.get()))
        : refuse(request, wording);
  }

  private Reply refuse(Request request, Wording wording) {
    Counter.SUBMISSION_REFUSED.increment();
    return closed(request, wording);
  }

  private Reply closed(Request request, Wording wording) {
    return pages.problem(request, wording, Problem.of(Problem.Type.CLOSED));
  }
}
