package io.vestibule.store.mail;

import io.vestibule.local.aws.Sdk;
import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Each update takes effect, and its first answer does not arrive: the SDK repeats it. */
final class LostAnswers implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("lost");

  static DynamoDbClient client(URI endpoint) {
    return Sdk.client(
        DynamoDbClient.builder()
            .overrideConfiguration(override -> override.addExecutionInterceptor(new LostAnswers())),
        endpoint);
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
