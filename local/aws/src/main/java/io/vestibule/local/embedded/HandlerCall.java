package io.vestibule.local.embedded;

import io.vestibule.local.aws.Backend;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request to a Jetty handler that is in this process, on the caller's own thread: no
 * connection, no other threads and no parsing, which together cost as much as a small query.
 *
 * <p>The handler sees of Jetty's requests and responses what DynamoDB Local uses. If a later
 * version uses more, the call fails and names the method.
 */
final class HandlerCall {

  private final Backend.Request asked;
  private final HttpFields.Mutable sent = HttpFields.build();
  private final HttpFields.Mutable answered = HttpFields.build();
  private boolean isRead;
  private int status = 200;
  private byte[] body = {};

  private HandlerCall(Backend.Request asked) {
    this.asked = asked;
    asked.headers().forEach(sent::add);
  }

  /**
   * Asks a handler.
   *
   * @throws IOException the handler has not answered
   */
  static Backend.Response ask(Request.Handler handler, Backend.Request request) throws IOException {
    var call = new HandlerCall(request);
    try {
      if (!handler.handle(
          fake(Request.class, call::ofRequest),
          fake(Response.class, call::ofResponse),
          Callback.NOOP)) {
        throw new IOException("the handler takes no such request");
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // What Jetty's handlers declare.
      throw new IOException("the handler has failed", e);
    }
    return call.response();
  }

  private Backend.Response response() {
    var headers = new TreeMap<String, String>();
    answered.forEach(
        field ->
            headers.merge(
                field.getLowerCaseName(), field.getValue(), (one, other) -> one + "," + other));
    return new Backend.Response(status, headers, body);
  }

  private @Nullable Object ofRequest(Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "getMethod" -> asked.method();
      case "getHeaders" -> sent;
      case "read" -> next();
      default -> throw notHere(method);
    };
  }

  /** The whole body, and then its end. */
  private Content.Chunk next() {
    if (isRead) {
      return Content.Chunk.EOF;
    }
    isRead = true;
    return Content.Chunk.from(ByteBuffer.wrap(asked.body()), true);
  }

  private @Nullable Object ofResponse(Method method, @Nullable Object[] arguments) {
    switch (method.getName()) {
      case "getHeaders" -> {
        return answered;
      }
      case "getStatus" -> {
        return status;
      }
      case "setStatus" -> status = (int) arguments[0];
      case "write" -> {
        body = bytes((ByteBuffer) arguments[1]);
        ((Callback) arguments[2]).succeeded();
      }
      default -> throw notHere(method);
    }
    return null;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private interface Answer {
    @Nullable Object to(Method method, @Nullable Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answer.to(method, arguments)));
  }

  private static UnsupportedOperationException notHere(Method method) {
    return new UnsupportedOperationException(method + " without a connection");
  }
}
