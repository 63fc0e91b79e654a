package io.vestibule.local.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Each update takes effect, and its first answer does not arrive: the SDK repeats it. */
public final class LostAnswers implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("lost");

  private LostAnswers() {}

  /** Has the client that is built lose them. */
  public static DynamoDbClientBuilder into(DynamoDbClientBuilder builder) {
    var losing =
        builder.overrideConfiguration().copy(it -> it.addExecutionInterceptor(new LostAnswers()));
    return builder.overrideConfiguration(losing);
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
