package io.vestibule.upkeep;

import io.vestibule.core.Env;
import io.vestibule.store.AwsClients;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Each update takes effect, and its first answer does not arrive: the SDK repeats it. */
final class LosesTheAnswers implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("lost");

  static DynamoDbClient client(Env env) {
    var builder = AwsClients.configure(DynamoDbClient.builder(), env);
    return builder
        .overrideConfiguration(
            builder
                .overrideConfiguration()
                .copy(it -> it.addExecutionInterceptor(new LosesTheAnswers())))
        .build();
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    boolean isFirst =
        context.request() instanceof UpdateItemRequest && attributes.getAttribute(LOST) == null;
    attributes.putAttribute(LOST, true);
    return isFirst ? context.httpResponse().copy(it -> it.statusCode(500)) : context.httpResponse();
  }
}
