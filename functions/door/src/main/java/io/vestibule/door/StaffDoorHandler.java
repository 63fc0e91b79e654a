package io.vestibule.door;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import io.vestibule.web.Endpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by the HTTP API for staff: signs people in, and hands on what they ask for. */
public final class StaffDoorHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

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
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return service.run(
        context,
        () -> {
          var cookies = new Cookies(Objects.requireNonNullElse(event.getCookies(), List.of()));
          var set = new ArrayList<String>();
          var response =
              endpoint.handle(
                  event,
                  request -> {
                    var answer = routes.answer(request, cookies);
                    set.addAll(answer.cookies());
                    return answer.reply();
                  });
          response.setCookies(set);
          return response;
        });
  }

  private static void failed(RuntimeException e) {
    var code = OperatorCode.STAFF_UNAVAILABLE.entry();
    LOG.error("A page for staff cannot be shown", code, new Redacted(e));
    Counter.STAFF_UNAVAILABLE.increment();
  }
}
