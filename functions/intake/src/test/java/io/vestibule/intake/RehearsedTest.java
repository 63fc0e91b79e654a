package io.vestibule.intake;

import io.vestibule.core.Env;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.rehearsal.Rehearsal;
import io.vestibule.store.rehearsal.RehearsalContract;
import java.time.Clock;

class RehearsedTest extends RehearsalContract {

  private final IntakePlay play = new IntakePlay(FormTexts.of(new Forms()));

  RehearsedTest() {
    super("IntakeFunction.form-post.json");
  }

  @Override
  protected Started start(Env env) {
    var handler = new IntakeHandler(env, Clock.systemUTC(), play.texts());
    return new Started(handler, handler.rehearsal());
  }

  @Override
  protected Rehearsal.Play play() {
    return play;
  }
}
