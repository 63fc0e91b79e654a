package io.vestibule.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.core.FrontMac;
import io.vestibule.core.Json;
import io.vestibule.core.SealingKey;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.rehearsal.Rehearsal;
import io.vestibule.web.Visit;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What people do at the door: each form is looked at and sent empty; and one that is in no
 * installation, and has a field of each kind, is sent as it should be. What is sealed then is
 * sealed for a key whose other half nobody has.
 */
record IntakePlay(FormTexts texts) implements Rehearsal.Play {

  private static final String ROUTE = "/forms/{form}";
  private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String NAME = "rehearsal";

  @Override
  public Map<String, ObjectNode> rows() {
    var sealingKey = Json.MAPPER.createObjectNode();
    sealingKey.putObject("id").put("S", NAME);
    sealingKey.putObject("keyset").put("B", SealingKey.publicKeyset(SealingKey.newPair()));
    sealingKey.putObject("asksWork").putArray("L").addObject().put("S", NAME);
    var frontMac = Json.MAPPER.createObjectNode();
    frontMac.putObject("keyset").put("B", FrontMac.newKeyset());
    return Map.of("public", sealingKey, "front-mac", frontMac);
  }

  @Override
  public void act(Env env) throws IOException {
    var real = new IntakeHandler(env, STANDING, texts);
    for (Form form : texts.forms().all()) {
      look(real, form.name());
      sendNothing(real, form.name());
    }
    var forms = new Forms(IntakePlay.class::getResourceAsStream);
    var played = new IntakeHandler(env, STANDING, texts.with(forms));
    look(played, NAME);
    sendNothing(played, NAME);
    send(played);
  }

  private static void look(IntakeHandler handler, String form) throws IOException {
    var parameters = Map.of("form", form);
    Visit.get(ROUTE, parameters, Visit.PAGE).asking(Map.of("lang", "en")).by(handler::answer);
    Visit.get(ROUTE, parameters, Visit.DOCUMENT).by(handler::answer);
  }

  private static void sendNothing(IntakeHandler handler, String form) throws IOException {
    Visit.form(ROUTE, Map.of("form", form), "").by(handler::answer);
    Visit.json(ROUTE, Map.of("form", form), Json.MAPPER.createObjectNode()).by(handler::answer);
  }

  private static void send(IntakeHandler handler) throws IOException {
    var form = Map.of("form", NAME);
    var filledIn =
        "email=a%40example.com&text=a&number=1&choice=a&several=a&tick=true&date=2000-01-01"
            + "&link=https%3A%2F%2Fexample.com%2F&more=a&consent.news=v1&_lang=en";
    Visit.form(ROUTE, form, filledIn).by(handler::answer, 200);
    var post = Json.MAPPER.createObjectNode();
    post.put("email", "a@example.com").put("text", "a").put("consent.news", "v1");
    Visit.json(ROUTE, form, post).with("idempotency-key", NAME).by(handler::answer, 202);
  }
}
