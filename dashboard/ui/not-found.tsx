/** An address that leads nowhere. */
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useWords } from '../words/index.tsx';
import { Empty } from './page.tsx';

export function NotFound() {
  const words = useWords().shell.notFound;
  return (
    <Empty
      title={words.title}
      text={words.text}
      action={
        <Button component={Link} to="/">
          {words.action}
        </Button>
      }
    />
  );
}
