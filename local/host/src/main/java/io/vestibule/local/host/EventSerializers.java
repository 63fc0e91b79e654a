package io.vestibule.local.host;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.lang.reflect.Type;

/**
 * Lambda's own way between JSON and a handler's types, with all its quirks: it is the code that
 * runs there, chosen by the rule by which the runtime interface client chooses.
 */
final class EventSerializers {

  private EventSerializers() {}

  @SuppressWarnings("unchecked") // A serializer for the type itself; the handler knows the type.
  static PojoSerializer<Object> forType(Type type) {
    if (type instanceof Class<?> event
        && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(event, event.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }
}
