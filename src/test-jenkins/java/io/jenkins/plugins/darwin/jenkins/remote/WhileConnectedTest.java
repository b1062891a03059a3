package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.remoting.Channel;
import hudson.remoting.ChannelBuilder;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of a real channel in one JVM: what the agent's end does when the controller's is gone. */
@Timeout(60)
class WhileConnectedTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PipedOutputStream wire;
    private Channel controller;
    private Channel agent;

    @BeforeEach
    void connect() throws Exception {
        PipedInputStream toAgent = new PipedInputStream();
        PipedInputStream toController = new PipedInputStream();
        wire = new PipedOutputStream(toAgent);
        PipedOutputStream fromAgent = new PipedOutputStream(toController);
        Future<Channel> other = threads.submit(() -> new ChannelBuilder("agent", threads)
                .withMode(Channel.Mode.BINARY)
                .build(toAgent, fromAgent));
        controller = new ChannelBuilder("controller", threads)
                .withMode(Channel.Mode.BINARY)
                .build(toController, wire);
        agent = other.get();
    }

    @AfterEach
    void disconnect() throws IOException {
        controller.close();
        agent.close();
        threads.shutdownNow();
    }

    @Test
    void workEndsWhenTheControllerIsGone() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        Future<String> work = threads.submit(() -> {
            try (WhileConnected connected = WhileConnected.to(agent)) {
                atWork.countDown();
                new CountDownLatch(1).await(); // for ever
                return "done";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });
        atWork.await();
        assertThat(work).isNotDone();
        wire.close(); // as that of a process which was killed
        assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    /** A pool's thread goes on to other work, which is none of our business. */
    @Test
    void finishedWorkIsLeftAlone() throws Exception {
        assertThat(threads.submit(afterClosing(agent)).get()).isFalse();
    }

    /** On the controller itself there is no channel. */
    @Test
    void needsNoChannel() throws Exception {
        assertThat(threads.submit(afterClosing(null)).get()).isFalse();
    }

    /** Whether the thread is interrupted by a channel that closes after the work. */
    private Callable<Boolean> afterClosing(Channel channel) {
        return () -> {
            try (WhileConnected connected = WhileConnected.to(channel)) {
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
            wire.close(); // as that of a process which was killed
            agent.join();
            return Thread.interrupted();
        };
    }
}
