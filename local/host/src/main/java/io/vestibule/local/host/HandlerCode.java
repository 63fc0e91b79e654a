package io.vestibule.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * A handler, from JSON to JSON, as Lambda's Java runtime calls it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Lambda function
 *     handler in Java</a>
 */
@FunctionalInterface
interface HandlerCode {

  /** The parameters of a constructor of a handler that waits. */
  List<Class<?>> WITH_PAUSE = List.of(Env.class, Clock.class, Pause.class);

  byte[] handle(byte[] event, Context context) throws IOException;

  /**
   * Builds a handler for this process: several functions share it, so each gets its variables and
   * clock through its constructor, not from the process; and one that waits, its way to wait.
   *
   * @param handler the class's name, as the template gives it
   * @throws ReflectiveOperationException the class is not there, or not one that Lambda could run
   * @throws InvocationTargetException the constructor threw
   */
  static HandlerCode load(String handler, Env env, Clock clock, Pause pause)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(handler.replaceFirst("::handleRequest$", ""));
    var _ = type.getConstructor(); // The one that Lambda itself calls.
    Object built = build(type, env, clock, pause);
    return switch (built) {
      case RequestStreamHandler streams -> ofStreams(streams);
      case RequestHandler<?, ?> values -> ofValues(values);
      default ->
          throw new NoSuchMethodException(
              handler + " is neither a RequestHandler nor a RequestStreamHandler");
    };
  }

  private static Object build(Class<?> type, Env env, Clock clock, Pause pause)
      throws ReflectiveOperationException {
    for (var constructor : type.getConstructors()) {
      if (List.of(constructor.getParameterTypes()).equals(WITH_PAUSE)) {
        return constructor.newInstance(env, clock, pause);
      }
    }
    return type.getConstructor(Env.class, Clock.class).newInstance(env, clock);
  }

  private static HandlerCode ofStreams(RequestStreamHandler handler) {
    return (event, context) -> {
      var output = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(event), output, context);
      return output.toByteArray();
    };
  }

  private static HandlerCode ofValues(RequestHandler<?, ?> handler) throws NoSuchMethodException {
    Method method = handleRequest(handler.getClass());
    var input = EventSerializers.forType(method.getGenericParameterTypes()[0]);
    var output = EventSerializers.forType(method.getGenericReturnType());
    @SuppressWarnings("unchecked") // The serializer makes what the method's signature says.
    var typed = (RequestHandler<Object, Object>) handler;
    return (event, context) -> {
      var json = new ByteArrayOutputStream();
      output.toJson(
          typed.handleRequest(input.fromJson(new ByteArrayInputStream(event)), context), json);
      return json.toByteArray();
    };
  }

  /** The method as it was written, not the compiler's bridge to it that takes any object. */
  private static Method handleRequest(Class<?> type) throws NoSuchMethodException {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
        .filter(method -> method.getParameterCount() == 2)
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(type.getName() + ".handleRequest"));
  }
}
