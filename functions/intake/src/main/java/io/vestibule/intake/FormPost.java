package io.vestibule.intake;

import io.vestibule.core.Counter;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.intake.AcceptSubmission.Outcome;
import io.vestibule.web.Body;
import io.vestibule.web.Cors;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers a post to a form, for people and for programs. */
final class FormPost {

  private static final Logger LOG = LoggerFactory.getLogger(FormPost.class);

  private final AcceptSubmission acceptSubmission;
  private final Nonces nonces;
  private final Languages languages;
  private final Pages pages;

  FormPost(AcceptSubmission acceptSubmission, Nonces nonces, Languages languages, Pages pages) {
    this.acceptSubmission = acceptSubmission;
    this.nonces = nonces;
    this.languages = languages;
    this.pages = pages;
  }

  Reply answer(Request request, Wording wording, Form form, Cors cors) {
    return switch (Body.of(request, form)) {
      case Body.Refused(var reason) -> refuse(request, wording, reason);
      case Body.Values(var values) -> {
        var entry = Entry.of(values);
        Wording asked = languages.choose(request, entry.control("_lang"));
        yield switch (IdempotencyKey.of(request, entry)) {
          case IdempotencyKey.Unusable _ -> refuse(request, asked, Problem.Type.IDEMPOTENCY_KEY);
          case IdempotencyKey.Absent _ ->
              answer(request, asked, form, entry, Optional.empty(), cors);
          case IdempotencyKey.Given(var key) ->
              answer(request, asked, form, entry, Optional.of(key), cors);
        };
      }
    };
  }

  private Reply refuse(Request request, Wording wording, Problem.Type reason) {
    Counter.SUBMISSION_REFUSED.increment();
    return pages.problem(request, wording, Problem.of(reason));
  }

  private Reply answer(
      Request request, Wording wording, Form form, Entry entry, Optional<String> key, Cors cors) {
    return switch (form.check(entry, wording)) {
      case Checked.Rejected(var errors) -> {
        Counter.SUBMISSION_REFUSED.increment();
        yield again(request, wording, form, entry, new Problem(Problem.Type.INVALID, errors));
      }
      case Checked.Accepted accepted -> {
        String source = cors.listedOrigin(request).orElse("");
        yield switch (acceptSubmission.accept(form, accepted, key, wording.language(), source)) {
          case Outcome.Accepted(RowId id) -> {
            Counter.SUBMISSION_ACCEPTED.increment();
            log(id, "Submission to {} accepted", form);
            yield accepted(request, wording, form, entry, id);
          }
          case Outcome.Repeated(RowId id) -> {
            log(id, "Submission to {} came again", form);
            yield accepted(request, wording, form, entry, id);
          }
          case Outcome.Unavailable(var retryAfter) -> {
            Counter.SUBMISSION_UNAVAILABLE.increment();
            var problem = Problem.of(Problem.Type.UNAVAILABLE);
            yield again(request, wording, form, entry, problem).retryAfter(retryAfter);
          }
        };
      }
    };
  }

  /** A person gets the form back with everything they typed; a program has it still. */
  private Reply again(Request request, Wording wording, Form form, Entry entry, Problem problem) {
    return request.wantsJson()
        ? problem.toJson(wording)
        : pages.formAgain(request, wording, form, nonces.mark(entry), problem);
  }

  /**
   * A {@code _next} that the form does not list is ignored: it would be an open redirect, and the
   * fault is not the person's, whose entry is safe already.
   */
  private Reply accepted(Request request, Wording wording, Form form, Entry entry, RowId id) {
    if (request.wantsJson()) {
      var pending = Json.MAPPER.createObjectNode().put("id", id.value()).put("status", "pending");
      return Reply.json(202, "application/json", pending);
    }
    Optional<String> next = entry.control("_next").filter(form.next()::contains);
    return next.map(Reply::seeOther)
        .orElseGet(() -> pages.thanks(wording, form, id.value(), entry.typed(form.identity())));
  }

  private static void log(RowId id, String message, Form form) {
    try (var _ = MDC.putCloseable("correlation_id", id.value())) {
      LOG.info(message, form.name());
    }
  }
}
