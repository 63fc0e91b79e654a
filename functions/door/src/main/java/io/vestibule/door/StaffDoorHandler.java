package io.vestibule.door;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import io.vestibule.web.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by the HTTP API for staff: signs people in, and hands on what they ask for. */
public final class StaffDoorHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StaffDoorHandler.class);

  private final Service service;
  private final Endpoint endpoint;
  private final DoorRoutes routes;

  /** For Lambda. */
  public StaffDoorHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public StaffDoorHandler(Env env, Clock clock) {
    var wiring = DoorWiring.of(env, clock, StaffDoorHandler::failed);
    this.service = wiring.service();
    this.endpoint = wiring.endpoint();
    this.routes = wiring.routes();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = Json.MAPPER.readTree(input);
    Json.MAPPER.writeValue(output, service.run(context, () -> answer(event)));
  }

  private JsonNode answer(JsonNode event) {
    var cookies = new Cookies(event.path("cookies").valueStream().map(JsonNode::asText).toList());
    var set = new ArrayList<String>();
    var response =
        endpoint.handle(
            event,
            request -> {
              var answer = routes.answer(request, cookies);
              set.addAll(answer.cookies());
              return answer.reply();
            });
    set.forEach(response.putArray("cookies")::add);
    return response;
  }

  private static void failed(RuntimeException e) {
    var code = OperatorCode.STAFF_UNAVAILABLE.entry();
    LOG.error("A page for staff cannot be shown", code, new Redacted(e));
    Counter.STAFF_UNAVAILABLE.increment();
  }
}
