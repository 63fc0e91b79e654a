package io.vestibule.intake;

import io.vestibule.core.Counter;
import io.vestibule.core.Destination;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.Hint;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.intake.Screening.Finding;
import io.vestibule.web.Body;
import io.vestibule.web.Cors;
import io.vestibule.web.IgnoredNames;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers a post to a form, for people and for programs. */
final class FormPost {

  private static final Logger LOG = LoggerFactory.getLogger(FormPost.class);

  /** The button of the thanks page by which a mistyped address is put right: nothing is stored. */
  private static final String CHANGE = "_change";

  private final AcceptSubmission acceptSubmission;
  private final Screening screening;
  private final Languages languages;
  private final FormPage formPage;
  private final Pages pages;
  private final Clock clock;

  FormPost(
      AcceptSubmission acceptSubmission,
      Screening screening,
      Languages languages,
      FormPage formPage,
      Pages pages,
      Clock clock) {
    this.acceptSubmission = acceptSubmission;
    this.screening = screening;
    this.languages = languages;
    this.formPage = formPage;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * A post that could be read, and in which language to answer it.
   *
   * @param sent as it was posted, whatever the form makes of it; of a page, without its buttons
   * @param entry as the form understands it
   * @param at when it came
   */
  private record Posted(
      Request request, Wording wording, Form form, Entry sent, Entry entry, Instant at) {}

  /**
   * Answers a post.
   *
   * @param isInTime whether an entry may be sent still, though the form may be closed
   */
  Reply answer(Request request, Wording wording, Form form, Cors cors, Predicate<Entry> isInTime) {
    return switch (Body.of(request)) {
      case Body.Refused(var reason) -> refuse(request, wording, reason);
      case Body.Values(var values) -> {
        var now = clock.instant();
        var isOfPage = !request.sendsJson();
        var typed = Entry.of(isOfPage ? form.schema().typed(values) : values);
        var entry = form.sift(typed, isOfPage, now);
        Wording asked = languages.choose(request, entry.control("_lang"));
        if (!isInTime.test(entry)) {
          yield refuse(request, asked, Problem.Type.CLOSED);
        }
        var raw = Entry.of(values);
        var sent = isOfPage ? form.withoutButtons(raw) : raw;
        var posted = new Posted(request, asked, form, sent, entry, now);
        String source = cors.listedOrigin(request).orElse("");
        if (entry.control(CHANGE).isPresent() && !request.wantsJson()) {
          yield formPage.filledIn(request, asked, form, entry);
        }
        var reply =
            switch (IdempotencyKey.of(request, entry)) {
              case IdempotencyKey.Unusable _ ->
                  refuse(request, asked, Problem.Type.IDEMPOTENCY_KEY);
              case IdempotencyKey.Absent _ -> screen(posted, Optional.empty(), source);
              case IdempotencyKey.Given(var key) -> screen(posted, Optional.of(key), source);
            };
        yield IgnoredNames.of(entry).on(reply);
      }
    };
  }

  private Reply refuse(Request request, Wording wording, Problem.Type reason) {
    Counter.SUBMISSION_REFUSED.increment();
    return pages.problem(request, wording, Problem.of(reason));
  }

  private Reply screen(Posted posted, Optional<String> key, String source) {
    String language = posted.wording().language();
    return switch (screening.look(posted.form(), posted.entry(), posted.wording(), posted.at())) {
      case Finding.Rejected(var errors) -> reject(posted, errors);
      case Finding.Undecided _ -> unavailable(posted, AcceptSubmission.RETRY_AFTER);
      case Finding.Passed(_, var hint, _) when canPressAgain(posted, hint) -> pressAgain(posted);
      case Finding.Passed(var entry, var hint, var challenge) ->
          accept(
              posted,
              new AcceptSubmission.Post(
                  posted.form(),
                  posted.sent(),
                  entry,
                  posted.at(),
                  key,
                  language,
                  source,
                  optsOut(posted),
                  hint,
                  challenge));
    };
  }

  /**
   * Whether a page came back so soon that no mail would be sent, and whoever sent it may be a
   * person whose browser filled it in. What only a machine does is answered as ever. So is a
   * program that asks for JSON: it has no page to press on. A request is mailed however soon it
   * came.
   */
  private static boolean canPressAgain(Posted posted, Optional<Hint> hint) {
    return hint.filter(Hint.HASTY::equals).isPresent()
        && posted.form().confirmed() == Destination.STORAGE
        && !posted.request().wantsJson();
  }

  private Reply pressAgain(Posted posted) {
    Counter.SUBMISSION_REFUSED.increment();
    return formPage.onceMore(posted.request(), posted.wording(), posted.form(), posted.entry());
  }

  /**
   * Nothing of a request about somebody's own data is passed on, so it need not be known of one.
   */
  private static boolean optsOut(Posted posted) {
    return posted.form().confirmed() == Destination.STORAGE && posted.request().optsOut();
  }

  private Reply accept(Posted posted, AcceptSubmission.Post post) {
    return switch (acceptSubmission.accept(post)) {
      case Acceptance.Accepted(RowId id) -> {
        Counter.SUBMISSION_ACCEPTED.increment(posted.form().name());
        log(id, "Submission to {} accepted", posted.form());
        yield accepted(posted, id);
      }
      case Acceptance.Repeated(RowId id) -> {
        log(id, "Submission to {} came again", posted.form());
        yield accepted(posted, id);
      }
      case Acceptance.Spent _ -> reject(posted, List.of(Screening.spent(posted.wording())));
      case Acceptance.Unavailable(var retryAfter) -> unavailable(posted, retryAfter);
    };
  }

  private Reply reject(Posted posted, List<FieldError> errors) {
    Counter.SUBMISSION_REFUSED.increment();
    return again(posted, new Problem(Problem.Type.INVALID, errors));
  }

  private Reply unavailable(Posted posted, Duration retryAfter) {
    Counter.SUBMISSION_UNAVAILABLE.increment();
    return again(posted, Problem.of(Problem.Type.UNAVAILABLE)).retryAfter(retryAfter);
  }

  private Reply again(Posted posted, Problem problem) {
    return formPage.again(
        posted.request(), posted.wording(), posted.form(), posted.entry(), problem);
  }

  /**
   * A {@code _next} that the form does not list is ignored: it would be an open redirect, and the
   * fault is not the person's, whose entry is safe already. A header tells whoever made the page.
   */
  private Reply accepted(Posted posted, RowId id) {
    var form = posted.form();
    var entry = posted.entry();
    Optional<String> asked = entry.control("_next");
    Optional<String> next = asked.filter(form::sendsOnTo);
    boolean isIgnored = asked.isPresent() && next.isEmpty();
    Reply reply =
        posted.request().wantsJson()
            ? pending(posted, id, next, isIgnored)
            : next.map(Reply::seeOther)
                .orElseGet(() -> pages.thanks(posted.wording(), form, id, entry));
    return isIgnored ? reply.with(Cors.NEXT, "ignored; reason=unlisted") : reply;
  }

  /** A form that a script sent in a page's place is told what the page would have said. */
  private Reply pending(Posted posted, RowId id, Optional<String> next, boolean isIgnored) {
    var pending = Json.MAPPER.createObjectNode().put("id", id.value()).put("status", "pending");
    EntryNumber.told(id).ifPresent(number -> pending.put("number", number.value()));
    if (!posted.request().sendsJson()) {
      String message = pages.thanksMessage(posted.wording(), posted.form(), id, posted.entry());
      pending.put("message", message);
      next.ifPresent(address -> pending.put("next", address));
    }
    var ignored = IgnoredNames.of(posted.entry());
    if (!ignored.isEmpty()) {
      pending.set("ignored", ignored.json());
    }
    if (isIgnored) {
      pending.put("nextIgnored", true);
    }
    return Reply.json(202, "application/json", pending)
        .with("Content-Language", posted.wording().language());
  }

  private static void log(RowId id, String message, Form form) {
    try (var _ = MDC.putCloseable("correlation_id", id.value())) {
      LOG.info(message, form.name());
    }
  }
}
