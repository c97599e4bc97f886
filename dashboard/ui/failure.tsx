/** A fault of the page itself: it says so and offers to load anew, since drafts are kept on the device. */
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/index.tsx';
import { Empty } from './page.tsx';

export class Failure extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    return this.state.failed ? <Apology /> : this.props.children;
  }
}

function Apology() {
  const words = useWords().shell;
  return <Empty title={words.crashed} action={<Button onClick={() => location.reload()}>{words.reload}</Button>} />;
}
