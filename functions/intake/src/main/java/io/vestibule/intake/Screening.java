package io.vestibule.intake;

import io.vestibule.core.Hint;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.intake.ProofOfWork.Verdict;
import io.vestibule.store.rows.SpentChallenge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what was posted before anything is written: the form's rules, and signs of machines. */
final class Screening {

  /** A field that people neither see nor reach, and that is empty if one of them sent the form. */
  private static final String HONEYPOT = "_gotcha";

  private final Nonces nonces;
  private final ProofOfWork proofOfWork;

  Screening(Nonces nonces, ProofOfWork proofOfWork) {
    this.nonces = nonces;
    this.proofOfWork = proofOfWork;
  }

  /** What is found. */
  sealed interface Finding {

    /**
     * It may be written down.
     *
     * @param challenge what it has solved, if the form asks for work
     */
    record Passed(Checked.Accepted entry, Optional<Hint> hint, Optional<SpentChallenge> challenge)
        implements Finding {}

    /** It may not, and this is why. */
    record Rejected(List<FieldError> errors) implements Finding {}

    /** Its proof of work cannot be checked now. */
    record Undecided() implements Finding {}
  }

  Finding look(Form form, Entry entry, Wording wording, Instant at) {
    var verdict = proofOfWork.check(form, entry);
    return switch (form.check(entry, wording, at)) {
      case Checked.Rejected(var errors) -> rejected(errors, verdict, wording);
      case Checked.Accepted accepted ->
          switch (verdict) {
            case Verdict.NotAsked _ ->
                new Finding.Passed(accepted, hint(form, entry), Optional.empty());
            case Verdict.Right(var challenge) ->
                new Finding.Passed(accepted, hint(form, entry), Optional.of(challenge));
            case Verdict.Owed _ ->
                new Finding.Passed(
                    accepted,
                    hint(form, entry).or(() -> Optional.of(Hint.NO_WORK)),
                    Optional.empty());
            case Verdict.Unknown _ -> new Finding.Undecided();
            case Verdict.Missing _, Verdict.Wrong _, Verdict.Expired _ ->
                rejected(List.of(), verdict, wording);
          };
    };
  }

  private Optional<Hint> hint(Form form, Entry entry) {
    if (entry.control(HONEYPOT).isPresent()) {
      return Optional.of(Hint.HONEYPOT);
    }
    return nonces.isHasty(form, entry) ? Optional.of(Hint.HASTY) : Optional.empty();
  }

  private static Finding rejected(List<FieldError> errors, Verdict verdict, Wording wording) {
    var all = new ArrayList<>(errors);
    switch (verdict) {
      case Verdict.Missing _ -> all.add(error("missing", wording));
      case Verdict.Wrong _ -> all.add(error("wrong", wording));
      case Verdict.Expired _ -> all.add(error("expired", wording));
      case Verdict.NotAsked _, Verdict.Right _, Verdict.Owed _, Verdict.Unknown _ -> {}
    }
    return new Finding.Rejected(all);
  }

  /** What to say when somebody else was faster with the same challenge. */
  static FieldError spent(Wording wording) {
    return error("spent", wording);
  }

  private static FieldError error(String what, Wording wording) {
    return new FieldError("/" + ProofOfWork.CONTROL, wording.text("proof." + what));
  }
}
