package io.jenkins.plugins.darwin.model;

/**
 * How the engine tells people what it is doing. It never prints: a terminal, a build log or nothing stands behind this.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface Progress {
    /** One thing done or found, a line for people. Never holds a secret. */
    void message(String line);

    /**
     * Begins a piece of work that may take more than two seconds.
     *
     * @param total in {@code unit}, or -1 when unknown
     */
    Task start(String label, long total, Unit unit);

    /** What a total counts. */
    enum Unit {
        BYTES,
        ITEMS
    }

    /** One piece of work under way. */
    interface Task extends AutoCloseable {
        /** Adds to what is done, in the task's unit. Cheap enough to be called for every buffer. */
        void advance(long amount);

        @Override
        void close();
    }

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void message(String line) {
                // nobody listens
            }

            @Override
            public Task start(String label, long total, Unit unit) {
                return new Task() {
                    @Override
                    public void advance(long amount) {
                        // nobody listens
                    }

                    @Override
                    public void close() {
                        // nothing to end
                    }
                };
            }
        };
    }
}
