package hudson.remoting;

/** Signature only. */
class RemotingSystemException extends RuntimeException {
    RemotingSystemException(Throwable cause) {}
}
