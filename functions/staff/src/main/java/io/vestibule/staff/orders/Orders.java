package io.vestibule.staff.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.store.AwsClients;
import io.vestibule.store.TimeLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * A function that carries out orders. It has the rights that they need, so we need none of them,
 * and a page does what the command line does.
 */
public final class Orders {

  /** We have 25 seconds ourselves, and a page is still to be made. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LambdaClient lambda;
  private final String function;

  /** Orders for a function, by its name. */
  public Orders(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  /** A client for orders, each of which is given once: what was slow may have been done. */
  public static LambdaClient client(Env env) {
    var patience = TimeLimits.of(env).limit(PATIENCE);
    return AwsClients.configure(LambdaClient.builder(), env, AwsClients.once(patience))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .build();
  }

  /**
   * Gives an order, and waits until it is carried out.
   *
   * @return what came of it
   * @throws Failed it may have been carried out, or not
   */
  public JsonNode give(Map<String, ?> order) throws Failed {
    try {
      var answer = invoke(order, InvocationType.REQUEST_RESPONSE);
      if (answer.functionError() != null) {
        throw new Failed();
      }
      return Json.MAPPER.readTree(answer.payload().asByteArray());
    } catch (IOException e) {
      throw new Failed();
    }
  }

  /**
   * Gives an order that may take minutes, and does not wait for what comes of it.
   *
   * @throws Failed it may have been taken, or not
   */
  public void handOver(Map<String, ?> order) throws Failed {
    invoke(order, InvocationType.EVENT);
  }

  private InvokeResponse invoke(Map<String, ?> order, InvocationType type) throws Failed {
    try {
      var payload = SdkBytes.fromByteArray(Json.MAPPER.writeValueAsBytes(order));
      return lambda.invoke(
          invoke -> invoke.functionName(function).invocationType(type).payload(payload));
    } catch (IOException | SdkException e) {
      // Neither is passed on as a cause: an order may have an address in it.
      throw new Failed();
    }
  }

  /** Nobody knows whether an order was carried out; the log of who was to do it says why. */
  public static final class Failed extends Exception {
    Failed() {
      super("an order may not have been carried out");
    }
  }
}
