package io.vestibule.delivery.egress;

import io.vestibule.core.targets.PublicUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls partners: by https, to names of the public DNS that stand for public addresses, without
 * following anybody anywhere, and without waiting or reading for long. A local run may also call
 * {@code http://localhost:<port>}.
 */
public final class Egress {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Between two bytes. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** For all of it: a partner that sends a byte now and then would hold a lane for ever. */
  private static final Duration LONGEST = Duration.ofSeconds(25);

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("egress-timer").factory());

  private final CloseableHttpClient web;
  private final CloseableHttpClient thisMachine;
  private final Duration longest;

  /** An egress that looks names up as the machine does. */
  public Egress() {
    this(InetAddress::getAllByName, SILENCE, LONGEST);
  }

  /** One with another DNS, and other patience; for tests. */
  Egress(PublicAddresses.Names names, Duration silence, Duration longest) {
    this.web = client(new PublicAddresses(names), silence);
    this.thisMachine = client(new ThisMachine(), silence);
    this.longest = longest;
  }

  private static CloseableHttpClient client(DnsResolver resolver, Duration silence) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT))
                    .setSocketTimeout(Timeout.of(silence))
                    .build())
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom().setResponseTimeout(Timeout.of(silence)).build())
        .setUserAgent("Vestibule")
        .disableRedirectHandling()
        // Each attempt is counted and written down before it is made.
        .disableAutomaticRetries()
        .disableAuthCaching()
        .disableCookieManagement()
        // A few bytes may unpack to any number.
        .disableContentCompression()
        .build();
  }

  /**
   * Posts JSON.
   *
   * @param mayBeHere whether the address may be at this machine: only for targets of a local run
   */
  public Reply post(URI url, boolean mayBeHere, Map<String, String> headers, byte[] json) {
    return send(Call.json("POST", url, headers, json), mayBeHere);
  }

  /**
   * Makes a call.
   *
   * @param mayBeHere whether the address may be at this machine: only for targets of a local run
   */
  public Reply send(Call call, boolean mayBeHere) {
    if (mayBeHere && PublicUrl.isThisMachine(call.url())) {
      return send(thisMachine, call);
    }
    return PublicUrl.problem(call.url()).isPresent() ? new Reply.NotPublic() : send(web, call);
  }

  private Reply send(CloseableHttpClient client, Call call) {
    var request = request(call);
    var end = TIMER.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
    // Closed before it is read to its end, a connection is cut; one that was read out is kept.
    try (ClassicHttpResponse response =
        client.executeOpen(HttpHost.create(call.url()), request, null)) {
      return new Reply.Answered(
          response.getCode(),
          Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
              .map(header -> header.getValue()),
          body(response, call.longestAnswer()));
    } catch (PublicAddresses.NotPublic e) {
      return new Reply.NotPublic();
    } catch (IOException e) {
      // What it says may quote the address, which is the secret of some.
      return new Reply.NoAnswer();
    } finally {
      end.cancel(false);
    }
  }

  private static HttpUriRequestBase request(Call call) {
    var request = new HttpUriRequestBase(call.method(), call.url());
    call.headers().forEach(request::setHeader);
    if (call.body().length > 0) {
      request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(call.contentType())));
    }
    return request;
  }

  private static byte[] body(ClassicHttpResponse response, int longest) throws IOException {
    var entity = response.getEntity();
    return entity == null ? new byte[0] : entity.getContent().readNBytes(longest);
  }
}
