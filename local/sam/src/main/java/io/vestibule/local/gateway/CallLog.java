package io.vestibule.local.gateway;

import io.vestibule.local.iam.Access;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The AWS calls that were made: the latest of each caller, so that one that polls does not crowd
 * out the others, and on demand all of them from a moment on. Of what was sent it holds what
 * policies ask about.
 */
public final class CallLog {

  /**
   * One request.
   *
   * @param caller the access key id; a function's is its logical id
   * @param service as the request was signed for: {@code dynamodb}, {@code kms}, {@code ses},
   *     {@code s3}
   * @param operation as AWS's API reference names it
   * @param accesses what IAM was asked for; none for an operator
   * @param status the HTTP status of the answer
   */
  public record Call(
      Instant at,
      String caller,
      String service,
      String operation,
      List<Access> accesses,
      boolean allowed,
      int status) {

    public Call {
      accesses = List.copyOf(accesses);
    }
  }

  /** Every call from the moment this was opened until it is closed. */
  public final class Recording implements AutoCloseable {

    private final List<Call> recorded = new CopyOnWriteArrayList<>();

    /** What was recorded so far, in the order in which the answers came. */
    public List<Call> calls() {
      return List.copyOf(recorded);
    }

    /** The same of one caller. */
    public List<Call> of(String caller) {
      return recorded.stream().filter(call -> call.caller().equals(caller)).toList();
    }

    @Override
    public void close() {
      recordings.remove(this);
    }
  }

  private final int callsKeptPerCaller;
  private final Map<String, Deque<Call>> latest = new HashMap<>();
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();

  public CallLog(int callsKeptPerCaller) {
    this.callsKeptPerCaller = callsKeptPerCaller;
  }

  /** Begins to record. A test that counts calls opens this before them and closes it after them. */
  public Recording record() {
    var recording = new Recording();
    recordings.add(recording);
    return recording;
  }

  /** The latest calls of a caller, oldest first. */
  public synchronized List<Call> latest(String caller) {
    return new ArrayList<>(latest.getOrDefault(caller, new ArrayDeque<>()));
  }

  synchronized void add(Call call) {
    Deque<Call> calls = latest.computeIfAbsent(call.caller(), caller -> new ArrayDeque<>());
    calls.addLast(call);
    if (calls.size() > callsKeptPerCaller) {
      calls.removeFirst();
    }
    recordings.forEach(recording -> recording.recorded.add(call));
  }
}
