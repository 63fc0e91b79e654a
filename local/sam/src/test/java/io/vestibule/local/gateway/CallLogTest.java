package io.vestibule.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.gateway.CallLog.Call;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLogTest {

  private final CallLog log = new CallLog(2);

  @Test
  void keepsTheLatestOfEachCallerWhateverOthersDo() {
    List.of("a1", "b1", "b2", "b3", "b4").forEach(this::call);

    assertThat(log.latest("a")).extracting(Call::operation).containsExactly("a1");
    assertThat(log.latest("b")).extracting(Call::operation).containsExactly("b3", "b4");
    assertThat(log.latest("c")).isEmpty();
  }

  @Test
  void aRecordingHasEveryCallWhileItIsOpen() {
    call("a0");
    var recording = log.record();
    List.of("a1", "a2", "a3", "b1").forEach(this::call);
    recording.close();
    call("a4");

    assertThat(recording.calls())
        .extracting(Call::operation)
        .containsExactly("a1", "a2", "a3", "b1");
    assertThat(recording.of("b")).extracting(Call::operation).containsExactly("b1");
  }

  private void call(String operation) {
    String caller = operation.substring(0, 1);
    log.add(new Call(Instant.EPOCH, caller, "kms", operation, List.of(), true, 200));
  }
}
