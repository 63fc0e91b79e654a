package io.vestibule.deletion.answer;

import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.Press;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;

/** Opens a request whose press is proven, and says by which keyed hash its sender is found. */
public record OpenRequest(SubmissionOpener opener, EmailIndex emailIndex) {

  Confirmed open(Pressed request, Press press) throws SubmissionOpener.Unreadable {
    var opened = opener.open(request.row());
    var address = opened.address();
    return new Confirmed(request, press, opened.content(), address, emailIndex.of(address));
  }
}
