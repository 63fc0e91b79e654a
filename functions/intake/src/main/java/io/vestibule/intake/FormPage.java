package io.vestibule.intake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.FormDocument;
import io.vestibule.web.FormState;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows a form, with everything that its page carries to be sent back. */
final class FormPage {

  /** A form that is changed is everywhere after that. */
  private static final Duration CACHED = Duration.ofMinutes(1);

  private final Nonces nonces;
  private final ProofOfWork proofOfWork;
  private final Languages languages;
  private final Pages pages;
  private final Clock clock;

  FormPage(Nonces nonces, ProofOfWork proofOfWork, Languages languages, Pages pages, Clock clock) {
    this.nonces = nonces;
    this.proofOfWork = proofOfWork;
    this.languages = languages;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * The form, with what its address fills in; for a program, as a document.
   *
   * @param isOpen whether anything can be sent by it
   */
  Reply blank(Request request, Wording wording, Form form, boolean isOpen) {
    var reply =
        request.wantsJson()
            ? document(request, wording, form, isOpen)
            : pages.form(request, wording, form, prefilled(request, form));
    return reply.with("Vary", "Accept");
  }

  /**
   * With a challenge to solve, if the form asks for work: such a one is for one program only. A
   * cache tells the document from the page by {@code Accept}, and by nothing else, so only what was
   * asked for by that is kept.
   */
  private Reply document(Request request, Wording wording, Form form, boolean isOpen) {
    var document = FormDocument.of(form, languages, isOpen);
    var challenge = proofOfWork.challenge(form);
    if (challenge.isPresent()) {
      return Reply.json(200, "application/json", document.set("challenge", challenge.get()));
    }
    if (ProofOfWork.isNecessary(form)) {
      return pages
          .problem(request, wording, Problem.of(Problem.Type.UNAVAILABLE))
          .retryAfter(AcceptSubmission.RETRY_AFTER);
    }
    var reply = Reply.json(200, "application/json", document);
    return request.acceptsJson()
        ? reply.with("Cache-Control", "public, max-age=" + CACHED.toSeconds())
        : reply;
  }

  private FormState prefilled(Request request, Form form) {
    var now = clock.instant();
    var entry = form.prefilled(request.query(), now);
    boolean isSeen =
        entry
            .fields()
            .propertyStream()
            .anyMatch(value -> !requireNonNull(form.fields().get(value.getKey())).hidden());
    return new FormState(nonces.mark(form, entry), isSeen, now, embedded(form));
  }

  /** The form with what was entered before, to be changed: it is another submission then. */
  Reply filledIn(Request request, Wording wording, Form form, Entry entry) {
    return pages.form(request, wording, form, state(form, entry));
  }

  /** The form once more: a person gets it with everything they typed; a program has it still. */
  Reply again(Request request, Wording wording, Form form, Entry entry, Problem problem) {
    return request.wantsJson()
        ? problem.toJson(wording)
        : pages.formAgain(request, wording, form, state(form, entry), problem);
  }

  /**
   * The form with everything that a person typed, to be sent once more. It counts as made now: a
   * program that sends it back at once is where it was.
   */
  Reply onceMore(Request request, Wording wording, Form form, Entry entry) {
    var made = state(form, nonces.markAnew(form, entry));
    return pages.formAgain(request, wording, form, made, Problem.of(Problem.Type.TOO_SOON));
  }

  private FormState state(Form form, Entry entry) {
    return new FormState(nonces.mark(form, entry), false, clock.instant(), embedded(form));
  }

  private @Nullable String embedded(Form form) {
    return proofOfWork.challenge(form).map(ObjectNode::toString).orElse(null);
  }
}
