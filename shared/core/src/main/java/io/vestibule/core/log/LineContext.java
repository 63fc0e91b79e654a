package io.vestibule.core.log;

import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.ThreadLocalMapOfStacks;
import org.slf4j.spi.MDCAdapter;

/**
 * What each line of a thread says besides, such as whose work it is. A thread does not inherit it:
 * one that is kept for later would go on to speak for whoever started it.
 */
final class LineContext implements MDCAdapter {

  @SuppressWarnings("ThreadLocalUsage") // As static as what holds it.
  private final ThreadLocal<Map<String, String>> fields = ThreadLocal.withInitial(TreeMap::new);

  private final ThreadLocalMapOfStacks stacks = new ThreadLocalMapOfStacks();

  Map<String, String> fields() {
    return fields.get();
  }

  @Override
  public void put(String key, @Nullable String value) {
    if (value == null) {
      remove(key);
    } else {
      fields.get().put(key, value);
    }
  }

  @Override
  public @Nullable String get(String key) {
    return fields.get().get(key);
  }

  @Override
  public void remove(String key) {
    fields.get().remove(key);
  }

  @Override
  public void clear() {
    fields.remove();
  }

  @Override
  public Map<String, String> getCopyOfContextMap() {
    return new TreeMap<>(fields.get());
  }

  @Override
  public void setContextMap(@Nullable Map<String, String> all) {
    fields.set(all == null ? new TreeMap<>() : new TreeMap<>(all));
  }

  @Override
  public void pushByKey(String key, String value) {
    stacks.pushByKey(key, value);
  }

  @Override
  public @Nullable String popByKey(String key) {
    return stacks.popByKey(key);
  }

  @Override
  public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
    return stacks.getCopyOfDequeByKey(key);
  }

  @Override
  public void clearDequeByKey(String key) {
    stacks.clearDequeByKey(key);
  }
}
