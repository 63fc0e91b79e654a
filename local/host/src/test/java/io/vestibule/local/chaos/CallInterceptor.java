package io.vestibule.local.chaos;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Stands between every client of AWS in this JVM and AWS, without the code that makes the calls
 * knowing: the SDK finds it by a file on the tests' class path.
 *
 * <p>The SDK makes one for each client by itself, so what they all do is static.
 */
public final class CallInterceptor implements ExecutionInterceptor {

  private static final Pattern ACCESS_KEY_ID = Pattern.compile(".*Credential=([^/]+)/.*");

  private static volatile Disturbance disturbance = Disturbance.NONE;

  /** Disturbs calls from now on. */
  public static void disturb(Disturbance how) {
    disturbance = how;
  }

  public static void calm() {
    disturbance = Disturbance.NONE;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    disturbance.before(call(context.httpRequest(), context.request(), about));
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes about) {
    disturbance.after(call(context.httpRequest(), context.request(), about));
  }

  @Override
  public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes about) {
    return disturbance.hears(
        call(context.httpRequest(), context.request(), about), context.response());
  }

  private static Call call(SdkHttpRequest http, SdkRequest request, ExecutionAttributes about) {
    return new Call(
        http.firstMatchingHeader("Authorization").map(CallInterceptor::caller).orElse(""),
        text(about.getAttribute(SdkExecutionAttribute.SERVICE_NAME)),
        text(about.getAttribute(SdkExecutionAttribute.OPERATION_NAME)),
        request);
  }

  private static String caller(String authorization) {
    return ACCESS_KEY_ID.matcher(authorization).replaceFirst("$1");
  }

  private static String text(@Nullable String attribute) {
    return attribute == null ? "" : attribute;
  }
}
