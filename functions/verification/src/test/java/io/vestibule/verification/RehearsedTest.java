package io.vestibule.verification;

import io.vestibule.core.Env;
import io.vestibule.store.rehearsal.Rehearsal;
import io.vestibule.store.rehearsal.RehearsalContract;
import java.time.Clock;
import java.util.Map;

class RehearsedTest extends RehearsalContract {

  private final VerifyPlay play = new VerifyPlay(LinkTexts.of(Env.of(Map.of())));

  RehearsedTest() {
    super("VerifyFunction.link.json");
  }

  @Override
  protected Started start(Env env) {
    var handler = new VerifyHandler(env, Clock.systemUTC(), play.texts());
    return new Started(handler, handler.rehearsal());
  }

  @Override
  protected Rehearsal.Play play() {
    return play;
  }
}
