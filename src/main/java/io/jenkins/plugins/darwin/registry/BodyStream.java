package io.jenkins.plugins.darwin.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer as a stream. The JDK's own waits for ever on a silent server and, before Java 20, swallows
 * interrupts (JDK-8294047); this one does neither. Holds at most two network buffers.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private final Duration idleTimeout;
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final List<ByteBuffer> end = new ArrayList<>();
    private volatile Flow.Subscription subscription;
    private volatile Throwable failure;
    private Iterator<ByteBuffer> batch = List.<ByteBuffer>of().iterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    BodyStream(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription value) {
        subscription = value;
        value.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        arrived.add(end);
    }

    @Override
    public void onComplete() {
        arrived.add(end);
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!ended && !current.hasRemaining()) {
            if (batch.hasNext()) {
                current = batch.next();
            } else {
                next();
            }
        }
        return !ended;
    }

    private void next() throws IOException {
        List<ByteBuffer> buffers;
        try {
            buffers = arrived.poll(idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (buffers == null) {
            close();
            throw new HttpTimeoutException("nothing came for " + idleTimeout.toSeconds() + " seconds");
        }
        if (buffers != end) {
            batch = buffers.iterator();
            subscription.request(1);
            return;
        }
        ended = true;
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Ends the transfer; what has not been read is not fetched. */
    @Override
    public void close() {
        ended = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
