package io.jenkins.plugins.darwin.jenkins.site;

import hudson.model.Slave;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/** The process that an agent runs in. */
public final class OwnProcess extends MasterToSlaveCallable<Long, RuntimeException> {
    private static final long serialVersionUID = 1L;

    private OwnProcess() {}

    public static ProcessHandle of(Slave agent) throws IOException, InterruptedException {
        long pid = agent.getChannel().call(new OwnProcess());
        if (pid == ProcessHandle.current().pid()) {
            throw new AssertionError("the agent has no JVM of its own");
        }
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Kills the agent, as the kernel does when memory runs out. */
    public static void kill(Slave agent) throws Exception {
        ProcessHandle process = of(agent);
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    @Override
    public Long call() {
        return ProcessHandle.current().pid();
    }
}
