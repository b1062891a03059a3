package io.jenkins.plugins.darwin.jenkins.remote;

import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import java.io.IOException;

/**
 * Interrupts work on an agent when the controller goes away. Remoting lets it run on, but nobody would hear what came of it,
 * and whoever runs the step again would find it still at work.
 */
final class WhileConnected extends Channel.Listener implements AutoCloseable {
    private final Channel channel;
    private Thread worker;

    private WhileConnected(Channel channel, Thread worker) {
        this.channel = channel;
        this.worker = worker;
    }

    /** From now until it is closed, the calling thread works for whoever is at the other end; on the controller, for itself. */
    static WhileConnected to(VirtualChannel controller) {
        WhileConnected connected =
                new WhileConnected(controller instanceof Channel channel ? channel : null, Thread.currentThread());
        if (connected.channel != null) {
            connected.channel.addListener(connected);
        }
        return connected;
    }

    @Override
    public synchronized void onClosed(Channel closed, IOException cause) {
        if (worker != null) {
            worker.interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            worker = null; // from here on the thread does something else
        }
        if (channel != null) {
            channel.removeListener(this);
        }
    }
}
