package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.registry.RequestListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a run die at a chosen change of the registry, and counts the changes of those that live. */
public interface Wrecker {
    /** n changes happen; whatever is asked after that fails, reads too. Counts anew. */
    void crashAfter(int n);

    /** The n-th change happens, but nobody hears of it; whatever is asked after that fails. Counts anew. */
    void crashDuring(int n);

    /** No more faults. Counts anew. */
    void heal();

    /** Changes that were asked for since. */
    int mutations();

    /** At the wire before a server. */
    static Wrecker of(RecordingProxy proxy) {
        return new Wrecker() {
            @Override
            public void crashAfter(int n) {
                proxy.crashAfterMutation(n);
            }

            @Override
            public void crashDuring(int n) {
                proxy.crashDuringMutation(n);
            }

            @Override
            public void heal() {
                proxy.heal();
                proxy.reset();
            }

            @Override
            public int mutations() {
                return proxy.mutations();
            }
        };
    }

    /** For layouts: told of each change just before it, it can prevent it, so dying during one is dying before the next. */
    final class OfListener implements Wrecker, RequestListener {
        private final AtomicInteger count = new AtomicInteger();
        private volatile int limit = Integer.MAX_VALUE;

        @Override
        public void request(String method, String path) {
            boolean mutating = RequestListener.mutating(method);
            if ((mutating ? count.incrementAndGet() : count.get() + 1) > limit) {
                throw new Crash(method + " " + path);
            }
        }

        @Override
        public void crashAfter(int n) {
            count.set(0);
            limit = n;
        }

        @Override
        public void crashDuring(int n) {
            crashAfter(n);
        }

        @Override
        public void heal() {
            crashAfter(Integer.MAX_VALUE);
        }

        @Override
        public int mutations() {
            return count.get();
        }
    }

    /** The end of a process, as far as a test in that process can have it. */
    final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Crash(String where) {
            super(where);
        }
    }
}
