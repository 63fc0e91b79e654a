package io.vestibule.upkeep;

import io.vestibule.core.Env;
import io.vestibule.store.AwsClients;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** AWS does not take some of the calls. */
record Refuses(Predicate<SdkRequest> which) implements ExecutionInterceptor {

  static DynamoDbClient client(Env env, Predicate<SdkRequest> which) {
    var builder = AwsClients.configure(DynamoDbClient.builder(), env);
    return builder
        .overrideConfiguration(
            builder
                .overrideConfiguration()
                .copy(it -> it.addExecutionInterceptor(new Refuses(which))))
        .build();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (which.test(context.request())) {
      throw new IllegalStateException("AWS does not take it");
    }
  }
}
