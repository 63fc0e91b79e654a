package io.vestibule.verification;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import io.vestibule.store.rehearsal.Rehearsal;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.crac.Core;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by the HTTP API: shows what links are worth, takes presses, asks for new links. */
public final class VerifyHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(VerifyHandler.class);

  private final Service service;
  private final Endpoint endpoint;
  private final VerifyRoutes routes;
  private final Rehearsal rehearsal;

  /** For Lambda, which takes a snapshot of it. */
  public VerifyHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
    Core.getGlobalContext().register(rehearsal);
  }

  /** Everything that it needs, from its environment. */
  public VerifyHandler(Env env, Clock clock) {
    this(env, clock, LinkTexts.of(env));
  }

  /** The same with texts that are there already. */
  VerifyHandler(Env env, Clock clock, LinkTexts texts) {
    var wiring = VerifyWiring.of(env, clock, texts, VerifyHandler::failed);
    this.service = wiring.service();
    this.endpoint = wiring.endpoint();
    this.routes = wiring.routes();
    this.rehearsal = new Rehearsal(env, new VerifyPlay(texts));
  }

  /** What it does before its snapshot is taken. */
  Rehearsal rehearsal() {
    return rehearsal;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = Json.MAPPER.readTree(input);
    Json.MAPPER.writeValue(output, service.run(context, () -> answer(event)));
  }

  /** Answers an event, whoever it is from. */
  ObjectNode answer(JsonNode event) {
    return endpoint.handle(event, this::answer);
  }

  /** Answers a request; whether it came from Lambda makes no difference here. */
  Reply answer(Request request) {
    return endpoint.answer(request, () -> routes.answer(request));
  }

  private static void failed(RuntimeException e) {
    LOG.error(
        "A link cannot be looked up or pressed",
        OperatorCode.LINK_UNAVAILABLE.entry(),
        new Redacted(e));
    Counter.LINK_UNAVAILABLE.increment();
  }
}
