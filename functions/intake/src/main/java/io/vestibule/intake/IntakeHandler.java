package io.vestibule.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.Redacted;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by the HTTP API: shows forms, and takes what is posted to them. */
public final class IntakeHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeHandler.class);

  private final Service service;
  private final Endpoint endpoint;
  private final IntakeRoutes routes;

  /** For Lambda. */
  public IntakeHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public IntakeHandler(Env env, Clock clock) {
    this(env, clock, new Forms());
  }

  /** The same with other forms. */
  IntakeHandler(Env env, Clock clock, Forms forms) {
    var wiring = IntakeWiring.of(env, clock, forms, IntakeHandler::failed);
    this.service = wiring.service();
    this.endpoint = wiring.endpoint();
    this.routes = wiring.routes();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return service.run(context, () -> endpoint.handle(event, this::answer));
  }

  /** Answers a request; whether it came from Lambda makes no difference here. */
  Reply answer(Request request) {
    return endpoint.answer(request, () -> routes.answer(request));
  }

  private static void failed(RuntimeException e) {
    LOG.error(
        "A request cannot be answered", OperatorCode.FORM_UNAVAILABLE.entry(), new Redacted(e));
    Counter.SUBMISSION_UNAVAILABLE.increment();
  }
}
