package io.vestibule.local.chaos;

import software.amazon.awssdk.core.SdkResponse;

/** What happens to the calls of AWS that are made while it lasts. */
public interface Disturbance {

  /** Calls go their way. */
  Disturbance NONE = new Disturbance() {};

  /** On the caller's thread, before AWS hears of the call; what it throws, the caller gets. */
  default void before(Call call) {}

  /** On the caller's thread, after AWS has answered; what it throws replaces the answer. */
  default void after(Call call) {}

  /** What the caller hears instead of what AWS has answered. */
  default SdkResponse hears(Call call, SdkResponse answer) {
    return answer;
  }
}
